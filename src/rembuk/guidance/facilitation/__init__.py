"""Facilitation of the Musrenbangdes: team, checklists, tools, briefing, evidence."""
