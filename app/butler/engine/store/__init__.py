"""The database: tables, migrations and one repository per resource.

`Database.open` upgrades the schema and hands out connections; the repositories are modules of
plain functions over such a connection and know nothing of transactions.
"""
