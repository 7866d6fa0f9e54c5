"""Bytes become tables: what a file is, its cells, its header, and rows whose values are read by column."""

from dispatchkit.imports.sheets.cells import Cell, Sheet
from dispatchkit.imports.sheets.customs import Customs
from dispatchkit.imports.sheets.header import Column, Columns, columns
from dispatchkit.imports.sheets.row import TableRow
from dispatchkit.imports.sheets.table import Table, find_table

__all__ = ["Cell", "Column", "Columns", "Customs", "Sheet", "Table", "TableRow", "columns", "find_table"]
