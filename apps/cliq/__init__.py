"""The typed, quota-aware client of Zoho Accounts and Cliq."""
