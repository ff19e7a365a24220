"""Names to make people of: as they are written, and how their addresses spell them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Region:
    """Where some of the people live: what they are called and what their profiles say."""

    country: str
    language: str
    timezone: str
    places: tuple[str, ...]
    mobile: str
    first: tuple[tuple[str, str], ...]
    last: tuple[tuple[str, str], ...]


def _pairs(text: str) -> tuple[tuple[str, str], ...]:
    """`written=address` items; a bare word is spelt in the address as it is written."""
    items = (item.partition("=") for item in text.split("|"))
    return tuple((written.strip(), (spelt or written).strip().lower()) for written, _, spelt in items)


REGIONS = (
    Region(
        "US", "en", "America/Los_Angeles", ("Pleasanton 2F", "Pleasanton 3F", "Austin"), "+1 925 555 {:04d}",
        _pairs("Stella|Justin|Michelle|Bankston|Ryan|Russell|Grace|Marcus|Hannah|Theo|Abigail|Wes|D'Andre=dandre"),
        _pairs("Ramirez|Case|Rodrigues|Pearson|West|Thomas|O'Brien=obrien|Evans"
            "|Truman|Washington-Carver|St. James=stjames|Ng"),
    ),
    Region(
        "IN", "en", "Asia/Kolkata", ("Chennai Tower 1", "C block, S-H12", "Tenkasi"), "+91 98400 {:05d}",
        _pairs("Priya|Karthik|Anitha|Rahul|Meenakshi|Suresh|Divya|Arjun|Lakshmi|Vikram|Fathima|Gurpreet|Ananya"),
        _pairs("Subramanian|Iyer|Sharma|Reddy|Nair|D'Souza=dsouza|Venkataraghavan|Khan|Singh|Banerjee|Pillai|K"),
    ),
    Region(
        "IN", "ta", "Asia/Kolkata", ("Chennai Tower 2", "Madurai", "Tenkasi"), "+91 94440 {:05d}",
        _pairs("கார்த்திக்=karthick|மீனாட்சி=meenatchi|அருண்=arun|செல்வி=selvi|முருகன்=murugan|கவிதா=kavitha|இளங்கோ=ilango"),
        _pairs("சுப்பிரமணியன்=subramaniyan|பாண்டியன்=pandian|ராமசாமி=ramasamy|செல்வராஜ்=selvaraj|வேலு=velu"),
    ),
    Region(
        "IN", "hi", "Asia/Kolkata", ("Delhi", "Mumbai", "Jaipur"), "+91 99100 {:05d}",
        _pairs("प्रिया=priya|राहुल=rahul|अनुष्का=anushka|विवेक=vivek|सुनीता=sunita|अमित=amit|श्रेया=shreya"),
        _pairs("शर्मा=sharma|त्रिपाठी=tripathi|वर्मा=verma|चतुर्वेदी=chaturvedi|सिंह=singh|मिश्रा=mishra"),
    ),
    Region(
        "AE", "ar", "Asia/Dubai", ("Dubai Marina", "Abu Dhabi"), "+971 50 555 {:04d}",
        _pairs("محمد=mohammed|فاطمة=fatima|أحمد=ahmed|ليلى=layla|يوسف=yousef|نور=noor|خالد=khalid"),
        _pairs("العبدالله=alabdullah|الهاشمي=alhashimi|حداد=haddad|بن سعيد=binsaid|المنصوري=almansoori"),
    ),
    Region(
        "CN", "zh", "Asia/Shanghai", ("Beijing", "Shanghai"), "+86 138 0013 {:04d}",
        _pairs("伟=wei|芳=fang|秀英=xiuying|娜=na|敏=min|静=jing|丽=li|强=qiang|思远=siyuan"),
        _pairs("王=wang|李=li|张=zhang|刘=liu|陈=chen|欧阳=ouyang|诸葛=zhuge"),
    ),
    Region(
        "JP", "ja", "Asia/Tokyo", ("Yokohama", "Kawasaki"), "+81 90 1234 {:04d}",
        _pairs("陽菜=hina|蓮=ren|結衣=yui|大翔=hiroto|さくら=sakura|ケンジ=kenji|美咲=misaki"),
        _pairs("佐藤=sato|鈴木=suzuki|高橋=takahashi|田中=tanaka|長谷川=hasegawa|小鳥遊=takanashi"),
    ),
    Region(
        "UA", "uk", "Europe/Kyiv", ("Kyiv", "Lviv"), "+380 67 555 {:04d}",
        _pairs("Олена=olena|Дмитро=dmytro|Анна=anna|Сергій=serhii|Наталія=nataliia|Юрій=yurii|Софія=sofiia"),
        _pairs("Коваленко=kovalenko|Шевченко=shevchenko|Петренко=petrenko|Бойко=boiko|Щербак=shcherbak"),
    ),
    Region(
        "GR", "el", "Europe/Athens", ("Athens",), "+30 691 234 {:04d}",
        _pairs("Ελένη=eleni|Γιώργος=giorgos|Μαρία=maria|Νίκος=nikos|Κατερίνα=katerina|Δημήτρης=dimitris"),
        _pairs("Παπαδόπουλος=papadopoulos|Οικονόμου=oikonomou|Νικολάου=nikolaou|Αντωνίου=antoniou"),
    ),
    Region(
        "DE", "de", "Europe/Berlin", ("Düsseldorf", "Berlin 4. OG"), "+49 151 555 {:04d}",
        _pairs("Jürgen=juergen|Zoë=zoe|Björn=bjoern|Anneliese|Käthe=kaethe|Łukasz=lukasz|Søren=soeren|Ayşe=ayse"),
        _pairs("Müller=mueller|Großmann=grossmann|von der Heide=vonderheide"
            "|Wiśniewski=wisniewski|Åkesson=akesson|Yılmaz=yilmaz"),
    ),
    Region(
        "ES", "es", "Europe/Madrid", ("Madrid", "Sevilla"), "+34 612 345 {:04d}",
        _pairs("José María=josemaria|Íñigo=inigo|Begoña=begona|Ana Sofía=anasofia"
            "|Núria=nuria|João=joao|François=francois"),
        _pairs("Fernández-Peña=fernandez-pena|García Márquez=garciamarquez|Núñez=nunez"
            "|da Conceição=conceicao|L'Hôpital=lhopital"),
    ),
    Region(
        "VN", "vi", "Asia/Ho_Chi_Minh", ("Ho Chi Minh City",), "+84 90 555 {:04d}",
        _pairs("Thị Hương=huong|Văn Đức=duc|Ngọc Ánh=anh|Quốc Bảo=bao|Thanh Tuyền=tuyen"),
        _pairs("Nguyễn=nguyen|Trần=tran|Phạm=pham|Đặng=dang|Vũ=vu"),
    ),
    Region(
        "BR", "pt", "America/Sao_Paulo", ("São Paulo",), "+55 11 95555 {:04d}",
        _pairs("Thaís=thais|Luís Otávio=luisotavio|Conceição=conceicao|Antônio=antonio|Gisele"),
        _pairs("dos Santos=santos|Gonçalves=goncalves|Araújo=araujo|Sant'Anna=santanna"),
    ),
    Region(
        "CA", "fr", "America/St_Johns", ("Montréal",), "+1 514 555 {:04d}",
        _pairs("Maëlle=maelle|Étienne=etienne|Noémie=noemie|Jean-François=jean-francois"),
        _pairs("Lévesque=levesque|Bélanger=belanger|Côté=cote|Tremblay"),
    ),
)  # fmt: skip

# Address, first name, last name: what trips up software that has only met «Jane Doe».
SPECIMENS = (
    ("Abraham@zylker.com", "Abraham", ""),
    ("sean.o'hara@zylker.com", "Seán", "O’Hara"),
    ("abigail@zylker.com", "", "Abigail"),
    (
        "wolfeschlegelstein.the-third@zylker.com",
        "Hubert Blaine",
        "Wolfeschlegelsteinhausenbergerdorff-Montgomery-Cholmondeley y Fernández de Córdoba III",
    ),
    ("r+payroll@zylker.com", "Ruth", "Null"),
    ("ali.bin.omar@zylker.com", "علي", "بن عمر آل نهيان"),
    ("x@zylker.com", "Xi", "X"),
    ("zoe.zoe@zylker.com", "Zoë", "Zoë"),
)
