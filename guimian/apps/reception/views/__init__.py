"""The doors of the hall: consoles and the floor for staff, kiosks, boards, pads and telephones for customers."""
