// Closed by default, imported first by each program: without a verdict the exit code is "could not
// check".

process.exitCode = 2;
