"""What a paper prints, gathered from the rooms: values for the builders of core.documents."""
