"""Settings, environment, addresses of the two sites, schedule of jobs."""
