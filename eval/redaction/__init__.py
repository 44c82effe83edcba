"""The redaction benchmark: complaints with known particulars, and what the redactor makes of them."""
