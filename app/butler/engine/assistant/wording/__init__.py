"""Rules from common phrases in English and Chinese, without any model."""
