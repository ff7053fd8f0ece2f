'use strict';

// Loaded into a measured process. On exit it writes its peak memory in kB and its processor time in ms to file
// descriptor 3.
const { writeSync } = require('node:fs');

process.on('exit', () => {
  const { user, system } = process.cpuUsage();
  writeSync(3, JSON.stringify({ peakKb: process.resourceUsage().maxRSS, cpuMs: (user + system) / 1000 }));
});
