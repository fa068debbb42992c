"""Write the generated pages of docs/, and test that they are up to date."""
