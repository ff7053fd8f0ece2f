/** What OpenCHAMI is not told from here (openchami.md section 5), for people to see before they agree. */
export const openchamiTexts = {
  notFromHere:
    'OpenCHAMI gets components, interfaces and boot parameters from here. Node numbers (NID), Redfish endpoints, groups and cloud-init data have to be there already: without them a node can get another name or the discovery kernel, and does not report.',
} as const;
