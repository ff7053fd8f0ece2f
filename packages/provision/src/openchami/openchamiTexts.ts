/**
 * What nodes get in OpenCHAMI and what they lack there (openchami.md section 5), shown to the user before they agree.
 */
export const openchamiTexts = {
  gets: 'Sends components with their numbers (NID), interfaces, boot parameters, groups and hostnames to OpenCHAMI. Other entries there are not changed.',
  bootGoesTo: 'Boot parameters go to {api}, the service that responds here.',
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
    'There is neither metadata-service nor cloud-init. These nodes boot without a configuration and do not report: {nodes}',
  serviceUnknown:
    'It is unknown whether these nodes boot with a configuration ({asked}): {nodes}. Check that haproxy listens on port 8443 of the management server, and that its hostname resolves.',
  dataUnknown:
    '{service} does not tell which groups it has cloud-init data for. It is unknown whether these nodes boot with a configuration: {nodes}',
  hostnamesNotTold: '{service} does not tell which hostnames it has. They are set only when it does: {nodes}',
  endpointsUnknown:
    'SMD does not tell which nodes it has a Redfish endpoint for, and BSS serves nodes without one the discovery kernel: {nodes}',
  groupsUnknown:
    'SMD does not tell its groups. Nodes are put into theirs only when it does, and without a group no cloud-init data reaches a node.',
  otherGroup:
    'These nodes are in group {group} of SMD too and stay in it: {nodes}. Remove them there if it is the group of an earlier role.',
  otherGroupWithData:
    'These nodes are in group {group} of SMD too, stay in it and get its cloud-init data as well: {nodes}. Remove them there if it is the group of an earlier role.',
  notInGroup: 'SMD does not show these nodes in group {group}: {nodes}',
  noHostname: '{service} does not show the hostnames of these nodes: {nodes}',
  firstFailure: '{missing}. First failure: {why}',
  needsNotGiven: 'What these nodes need to report was not sent: {why}.',
  /** Messages during the run and at its end. */
  name: 'OpenCHAMI at {url}',
  respond: '{target}: SMD and {api} respond.',
  tokensmith: 'tokensmith issues the tokens here: run gen_access_token on the management server',
  takenBy: 'SMD has {ip} for {other}, not for {mac}; nothing was sent for this node',
  obstacle: '{api}: {mac}: {obstacle}; nothing was sent for this node',
  accepted: 'it was accepted, but {difference}',
  noComponent: 'SMD has no component {xname}',
  noInterface: 'SMD does not show {mac} with {ip}',
  noBoot: '{api} does not show the boot parameters of {mac}',
  severalEntries: 'several entries name the MACs of its entry, and the legacy API changes only the first one',
  broadEntry: 'its entry names other nodes by xname, number, or group, which the legacy API would drop',
  notList: 'GET {path}: the response is not a list of objects',
  notJson: 'GET {path}: the response is not JSON',
  noBootApi: 'SMD responds, but neither boot-service nor BSS does, so nothing can be handed over ({asked})',
  noOpenchami: 'OpenCHAMI does not respond here (GET {path}: {why}) ({asked})',
  asked: 'GET {path}: {why}',
  unknownResponse: 'an unknown response',
  nonJsonResponse: 'a response that is not JSON',
  byAddress:
    '{hostname} is an address. OpenCHAMI of Omnia responds to its hostname only, so use the name that is in its certificate',
  expired: 'Renew the certificate of OpenCHAMI on the management server, then restart openchami.target there',
  tokenRefused:
    'the token is not accepted: {why}. When a new one is refused too, renew the certificate of OpenCHAMI and restart openchami.target on the management server',
  nodesNotTold: '{api} does not report which nodes it knows (GET {path}).',
  unknownNodes:
    '{api} does not know {count} of these nodes yet ({names}). It takes them from SMD every few minutes; restart them after that.',
} as const;
