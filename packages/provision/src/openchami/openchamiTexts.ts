/** What nodes get in OpenCHAMI and what they lack there (openchami.md section 5), for people to see before they agree. */
export const openchamiTexts = {
  gets: 'OpenCHAMI gets components with their numbers (NID), interfaces, boot parameters, groups and hostnames from here. What others put there stays.',
  unknown: 'What these nodes lack in OpenCHAMI is unknown: {why}',
  noEndpoint:
    'SMD has no Redfish endpoint for these nodes, so BSS serves them the discovery kernel: {nodes}. Register them with "ochami discover static" or magellan first.',
  otherNumber:
    'SMD has other numbers (NID) for these nodes than their hostnames, and DHCP names nodes by number: {nodes}. Nothing is changed there.',
  otherHostname: '{service} has other hostnames for these nodes: {nodes}. Nothing is changed there.',
  hostnamesUnknown:
    'cloud-init does not tell which hostnames it has, so none is set. Set them with "ochami cloud-init node set" where they are not nid and the number: {nodes}',
  noData:
    '{service} has no cloud-init data for group {group}. These nodes boot without a configuration and do not report: {nodes}',
  noService:
    'Neither metadata-service nor cloud-init responds. These nodes boot without a configuration and do not report: {nodes}',
  groupsUnknown: 'SMD does not tell its groups, so no node is put into one and cloud-init data does not reach it.',
  notInGroup: 'SMD does not show these nodes in group {group}: {nodes}',
  noHostname: '{service} does not show the hostnames of these nodes: {nodes}',
} as const;
