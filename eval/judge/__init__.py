"""A language model as judge 评议: its grades stand beside the other measures, never in them."""
