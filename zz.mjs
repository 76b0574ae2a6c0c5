await import('simple-git');
