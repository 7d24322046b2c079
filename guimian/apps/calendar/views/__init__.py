"""The doors of the calendar: business days, hours and the page for the door, the State's calendar."""
