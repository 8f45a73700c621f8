"""What pages and lessons show: computed once and kept for all sessions."""
