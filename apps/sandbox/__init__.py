"""A local stand-in for Zoho Accounts and Zoho Cliq's REST API: own process, own state, HTTP only."""
