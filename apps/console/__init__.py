"""The page toolkit: generic views, tables, filters, forms, navigation, registries and template tags."""
