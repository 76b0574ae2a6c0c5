// Sets the exit code to "could not check" until there is a verdict. Each program imports it first.

process.exitCode = 2;
