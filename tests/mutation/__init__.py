"""How strong the suite is: the code is changed for the worse, and the tests have to notice."""
