"""What the portal reads of other rooms: only what anybody may see."""
