# Front-end packages.
FROM node:24-slim AS front-end
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev

# Python packages, in a virtual environment that the last stage copies.
FROM python:3.12-slim AS packages
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /app/.venv
WORKDIR /app
COPY pyproject.toml constraints.txt ./
# The project's own list of runtime packages, at the pinned versions.
RUN python -c "import tomllib; print('\n'.join(tomllib.load(open('pyproject.toml', 'rb'))['project']['dependencies']))" \
      > /tmp/packages.txt \
 && .venv/bin/pip install --constraint constraints.txt --requirement /tmp/packages.txt

FROM python:3.12-slim
ENV PATH=/app/.venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DATA_FOLDER=/data
RUN useradd --system --uid 10001 --home-dir /app portal && mkdir -p /data/files && chown -R portal /data
WORKDIR /app
COPY --from=packages /app/.venv .venv
COPY --from=front-end /app/node_modules node_modules
COPY manage.py pyproject.toml constraints.txt package-lock.json ./
COPY portal portal
COPY apps apps
COPY templates templates
COPY static static
USER portal
# Into the image, not into a volume: a new image brings its own files. The key is for this step only.
RUN SECRET_KEY=only-for-collecting-static-files-at-build-time \
    python manage.py collectstatic --noinput --verbosity 0 --ignore libs --ignore types
EXPOSE 8000
CMD ["gunicorn", "-c", "python:portal.gunicorn", "--bind", "0.0.0.0:8000", "portal.wsgi"]
