/** What a node shows, or does not, after its reset. */
export const nodeTexts = {
  booted: '{adminIp} has booted and cloud-init is done',
  phoneHome: 'phone-home from {address}',
  responds: 'port {port} of {adminIp} responds',
  closed: 'port {port} of {adminIp} is closed',
  neverClosed: 'port {port} of {adminIp} responds and was never seen closed, so the node may not have restarted',
  noUptime: 'it does not print its uptime',
  upFor: 'it has been up for {duration}',
  noStatus: 'it reports no status',
  status: 'status {status}',
} as const;
