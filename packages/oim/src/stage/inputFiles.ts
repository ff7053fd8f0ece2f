export const failedNodesPlace = 'miscellaneous/failed_nodes.json';

/** The tests that the pipeline requests (omnia.md section 6). */
export const validateRequests = {
  '2.2': { scenarioNames: ['provision'], testSuite: 'build_stream', timeoutMinutes: 120 },
  '2.3': { scenarioNames: ['validate'], testSuite: 'buildstream', timeoutMinutes: 150 },
} as const;
