"""Notices: one message to one person, once. The inbox, the daily digest, the reminders of deadlines."""
