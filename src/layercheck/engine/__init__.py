"""The steps from a project to its report; every command, the editor and the tests take them."""
