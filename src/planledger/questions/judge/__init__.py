"""The one meaning of done, late and owed: pure functions of facts and a day."""
