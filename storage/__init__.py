"""What the office keeps; knows nothing of OCR or HTTP."""
