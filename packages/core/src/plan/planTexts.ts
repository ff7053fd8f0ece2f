import type { Template } from '../text/message.ts';
import { obstacleTexts, rowChangeTexts } from './changeTexts.ts';
import { jobTexts } from './jobs/jobTexts.ts';
import { switchTexts } from './switchTexts.ts';
import type { BootReason, LeaveReason, PlanNotice } from './plan.ts';

/** Why a node is booted or left alone, in words that stand behind a number too: the same for one node and for many. */
export const reasonTexts: Readonly<Record<BootReason | LeaveReason, Template>> = {
  new: 'new in the mapping file',
  failed: 'failed in the last run',
  'not-booted': 'not booted yet',
  'other-status': 'with a status that Omnia ignores, so considered not booted',
  'another-image-group': 'with another image group than before',
  'not-known': 'possibly booted already (unknown here)',
  booted: 'booted already',
  marked: 'marked as successful by hand',
  'not-in-mapping': 'not in the mapping file',
  'no-bmc-ip': 'without a BMC_IP',
  'duplicate-bmc-ip': 'with the BMC_IP of an earlier row',
  'pxe-boot-off': 'with PXE boot turned off in orchestrator_config.yml',
  'not-restarted': 'with only the boot source set (restart_host in set_pxe_boot_config.yml)',
};

/** What people should read before they agree. */
export const noticeTexts: Readonly<Record<PlanNotice['kind'], Template>> = {
  ...rowChangeTexts,
  ...obstacleTexts,
  ...switchTexts,
  'reset-in-doubt':
    'It is unknown whether the last run has reset these nodes ({count}): {nodes}. They are reset again. Check their consoles first, and mark a node that boots or has booted as booted.',
  'doubled-keys':
    'failed_nodes.json has duplicate keys ({keys}). The restart stage reads only the last one of each; the earlier one has no effect.',
  'commented-out':
    'Commented-out rows whose nodes are restarted anyway ({count}): {nodes}. The restart stage of Omnia 2.3 ignores comment marks. To leave a node out of one run, mark it as booted in failed_nodes.json.',
  'commented-elsewhere':
    'Commented-out rows ({count}): {nodes}. They are left out here, but the restart stage of Omnia 2.3 ignores comment marks and restarts them anyway.',
  'another-image-group':
    'The state belongs to image group {from}, but the plan to {to}: Omnia starts over and boots every node, including the {bootedBefore} that were booted before.',
  'image-group-not-recorded':
    'The state does not name its image group, so {assumed} is assumed. Another image group boots every node.',
  'failed-but-booted': '{bmcIp} is listed as failed but is already considered booted: the entry has no effect.',
  'booted-elsewhere':
    'Some of these nodes ({count}) were booted from here. The management server does not know that and boots them again. To leave them out, mark them as successful in failed_nodes.json.',
  'unknown-status': '{bmcIp} has the status "{status}", which Omnia ignores.',
};

/** Whether the machine behind a BMC_IP is compared with its row before it is restarted; part of every question. */
export const identityTexts = {
  checked: 'Before anything is set, the machine behind each BMC_IP is compared with its row.',
  stopped:
    '{count} of these nodes cannot be compared and will not be restarted: neither SERVICE_TAG nor ADMIN_MAC in the row.',
  included:
    '{count} of these nodes cannot be compared and will be restarted without this check: neither SERVICE_TAG nor ADMIN_MAC in the row.',
  unknownIncluded: 'A machine that reports nothing to compare is restarted without this check.',
  byOim: 'Omnia does not check that the machine behind a BMC_IP is the one of its row.',
} as const;

/** How carefully a run goes through its nodes; part of every question. */
export const rolloutTexts = {
  canary:
    'Restarted first ({count}): {nodes}. The others are restarted only after these have reported. A node whose BMC cannot be used is replaced by the next one of its group.',
  inFlight: 'Nodes that have been restarted but have not reported yet: at most {count} at a time.',
  maxFailed: 'If more than {share} of the nodes fail to boot, no further node is restarted.',
  maxUnreachable: 'If the BMCs of more than {share} of the nodes cannot be used, no further node is restarted.',
  /** Of a run that was interrupted when it had a reason to stop. */
  stopsAgain:
    'The interrupted run stops here: {why}. Only its nodes in progress are finished, and no other node is restarted. The next run takes the nodes that are left.',
  /** After such a stop. */
  goOn: 'Nodes in progress are finished. To continue, find out why these nodes failed, then run the stage again: it takes the nodes that are left. To limit it, select nodes. To end it here, do nothing.',
  /** Of Omnia's own backends. */
  notHere: 'Omnia has no canary, no limit of nodes in progress, and no limit of failures.',
} as const;

/** When a node is considered booted; part of every question. */
export const reportTexts = {
  tcp: 'A node is considered booted when its port {port} responds after it was seen closed. An open port cannot tell a fresh boot from the system before, nor an image from a disk: select the report "ssh" to have the nodes asked.',
  phoneHome: 'A node is considered booted once it reports to {host}:{port}.',
  ssh: 'A node is considered booted when its own uptime shows a boot later than the reset and cloud-init is done. This computer logs in as {user} on port {port} to read both; host keys have to be known.',
} as const;

/** How nodes boot from the network, where it is not by PXE and the firmware's own order. */
export const bootTexts = {
  http: 'Nodes boot by UEFI HTTP instead of PXE.',
  nic: 'Nodes boot by the NIC with their ADMIN_MAC where the BMC lists one; elsewhere the firmware chooses.',
} as const;

/** PXE at every boot: before it is set, and when it was. */
export const continuousTexts = {
  before: 'PXE boot is set for every boot until you remove the setting.',
  after:
    'PXE boot is set for every boot on {count} of these nodes: {nodes}. Remove the setting with "Recover BMC…" or buildstream bmc NODE --pxe-off.',
} as const;

/**
 * Notes that are the same for every run: the plan and the terminal show them, the question only what is special about
 * this run.
 */
export const standingTexts: ReadonlySet<Template> = new Set([
  identityTexts.checked,
  identityTexts.unknownIncluded,
  rolloutTexts.inFlight,
  rolloutTexts.maxFailed,
  rolloutTexts.maxUnreachable,
  jobTexts.again,
  ...Object.values(reportTexts),
  ...Object.values(bootTexts),
]);

export const planTexts = {
  title: 'What the restart stage will do',
  image: 'Image group: {image}',
  anyImage: 'Image group: the same as in the last run',
  nothing: 'No node will be PXE-booted.',
  count: '{count} of {total} nodes will be PXE-booted.',
  upTo: 'Up to {count} of {total} nodes will be PXE-booted.',
  assumed:
    'Estimate only: the actual state is on the management server. Nodes not listed in failed_nodes.json are assumed to have booted in the last run.',
  listOnly:
    'It is unknown here which rows the last run of this job had, because git has no committed mapping file or failed_nodes.json names no job: a node that is not listed may be booted or new. The management server knows, and leaves alone what it has booted.',
  listOnlyHere:
    'It is unknown here which rows the last run had, because git has no committed mapping file: a node that is not listed in failed_nodes.json may be booted or new. A restart from here restarts these too. Limit it to the failed nodes, or commit the mapping file of the last run first.',
  ofLastRun: 'This is the plan for the image group of the last run. With another image group every node may be booted.',
  neverRestarted: 'The restart stage of this job has never run, so none of its nodes is booted yet.',
  notKnown:
    'It is unknown here which nodes are already booted: no failed_nodes.json belongs to this job. The management server knows, and leaves those nodes alone.',
  noRunKnown:
    'No earlier run is known here: there is no state of the stage engine and no failed_nodes.json. All nodes will be PXE-booted, including those that the management server may have booted.',
  broken: 'failed_nodes.json would fail the restart stage: {problems}. Repair it first.',
  boot: 'Will be booted',
  leave: 'Left alone',
  notices: 'Note',
  node: 'Node',
  role: 'Role',
  bmc: 'BMC_IP',
  why: 'Why',
  message: 'Last message',
} as const;
