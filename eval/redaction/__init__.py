"""The redaction benchmark: complaints with known particulars, and what becomes of them."""
