"""What a unit is asked to fill in, and which lines of a form that is out still mean what they meant."""
