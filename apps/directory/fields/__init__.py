"""The pages of user fields, and of the places that show them."""
