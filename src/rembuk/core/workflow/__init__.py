"""The planning cycle as tables: stages and gates, states of proposals, plans, meetings, regulations; lateness."""
