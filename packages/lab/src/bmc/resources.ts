import type { PowerState } from '@omnia-buildstream/engine/ports/bmc';
import { bootOrder } from './bootOptions.ts';
import { collection, link } from './collection.ts';
import type { Manner } from './manner.ts';
import { neighboursOf } from './neighbours.ts';
import type { ResetType } from './power.ts';
import type { LabPaths } from './paths.ts';
import type { LabNode } from './settings.ts';

/** The Redfish resources of a lab BMC, with the properties that clients read. */

export interface Boot {
  enabled: string;
  target: string;
  mode: string;
  /** Device of UefiTarget; empty for none. */
  device: string;
}

const bootTargets = [
  'None',
  'Pxe',
  'Floppy',
  'Cd',
  'Hdd',
  'BiosSetup',
  'Utilities',
  'UefiTarget',
  'SDCard',
  'UefiHttp',
];
const models = { idrac8: '13G Monolithic', idrac9: '16G Monolithic', idrac10: '17G Monolithic', plain: 'BMC' };
const firmware = { idrac8: '2.86.86.86', idrac9: '7.10.30.00', idrac10: '1.20.25.00', plain: '1.0' };

export function rootOf({ generation, address, faults, ...node }: LabNode, paths: LabPaths): unknown {
  const serviceTag = faults.foreignTag ?? node.serviceTag;
  const isDell = generation !== 'plain';
  return {
    '@odata.id': '/redfish/v1',
    '@odata.type': '#ServiceRoot.v1_6_0.ServiceRoot',
    Id: 'RootService',
    Name: 'Root Service',
    RedfishVersion: generation === 'idrac8' ? '1.4.0' : '1.17.0',
    UUID: uuidOf(address),
    ...(generation === 'idrac8' ? {} : { Vendor: isDell ? 'Dell' : 'Example' }),
    Product: isDell ? 'Integrated Dell Remote Access Controller' : 'Plain BMC',
    Systems: link('/redfish/v1/Systems'),
    Managers: link('/redfish/v1/Managers'),
    AccountService: link('/redfish/v1/AccountService'),
    ...(faults.noSessions === true
      ? {}
      : { SessionService: link('/redfish/v1/SessionService'), Links: { Sessions: link(paths.sessions) } }),
    ...(isDell ? { Oem: { Dell: { ServiceTag: serviceTag } } } : {}),
  };
}

export function sessionServiceOf(paths: LabPaths, timeoutMs: number): unknown {
  return {
    '@odata.id': '/redfish/v1/SessionService',
    '@odata.type': '#SessionService.v1_1_8.SessionService',
    Id: 'SessionService',
    Name: 'Session Service',
    ServiceEnabled: true,
    SessionTimeout: timeoutMs / 1000,
    Sessions: link(paths.sessions),
  };
}

export function sessionsOf(path: string, ids: readonly string[]): unknown {
  return collection(
    path,
    'SessionCollection',
    ids.map((id) => `${path}/${id}`),
  );
}

export function sessionOf(path: string, user: string): unknown {
  const id = path.slice(path.lastIndexOf('/') + 1);
  return {
    '@odata.id': path,
    '@odata.type': '#Session.v1_3_0.Session',
    Id: id,
    Name: 'User Session',
    UserName: user,
  };
}

export function systemsOf({ faults }: LabNode, { system }: LabPaths): unknown {
  const before = neighboursOf(faults.manner);
  const members = faults.twoSystems === true ? [baseboardPath, ...before, system] : [...before, system];
  return collection('/redfish/v1/Systems', 'ComputerSystemCollection', members);
}

export const baseboardPath = '/redfish/v1/Systems/HGX_Baseboard_0';

/** The accelerators of a GPU server: a system in name only, which boots nothing (redfish.md section 3). */
export function baseboardOf({ address }: LabNode): unknown {
  return {
    '@odata.id': baseboardPath,
    '@odata.type': '#ComputerSystem.v1_20_0.ComputerSystem',
    Id: 'HGX_Baseboard_0',
    Name: 'HGX Baseboard',
    SystemType: 'Physical',
    Manufacturer: 'Example',
    Model: 'Baseboard (lab)',
    SerialNumber: `HGX${uuidOf(address).slice(-8)}`,
    PowerState: 'On',
    Status: { Health: 'OK', State: 'Enabled' },
  };
}

export function managersOf({ manager }: LabPaths): unknown {
  return collection('/redfish/v1/Managers', 'ManagerCollection', [manager]);
}

export interface SystemFacts {
  readonly power: PowerState;
  readonly boot: Boot;
  /** ISO 8601. Undefined if the firmware does not report it. */
  readonly lastReset: string | undefined;
  readonly etag: string | undefined;
  readonly isRunning: boolean;
  readonly resets: readonly ResetType[];
}

export function systemOf(node: LabNode, paths: LabPaths, facts: SystemFacts): unknown {
  const { generation, address } = node;
  const { manner = {} } = node.faults;
  const serviceTag = node.faults.foreignTag ?? node.serviceTag;
  const isDell = generation !== 'plain';
  return {
    '@odata.id': paths.system,
    '@odata.type': '#ComputerSystem.v1_20_0.ComputerSystem',
    ...(facts.etag === undefined ? {} : { '@odata.etag': facts.etag }),
    Id: paths.system.slice(paths.system.lastIndexOf('/') + 1),
    Name: 'System',
    SystemType: 'Physical',
    Manufacturer: isDell ? 'Dell Inc.' : 'Example',
    Model: isDell ? 'PowerEdge (lab)' : 'Plain (lab)',
    BiosVersion: '2.19.1',
    ...namesOf(node, serviceTag),
    UUID: uuidOf(address),
    HostName: node.hostname,
    PowerState: facts.power,
    ...(facts.lastReset === undefined ? {} : { LastResetTime: facts.lastReset }),
    ...(generation === 'idrac8' || generation === 'plain'
      ? {}
      : { BootProgress: { LastState: facts.isRunning ? 'OSRunning' : 'None' } }),
    Status: { Health: 'OK', HealthRollup: 'OK', State: 'Enabled' },
    Boot: { ...bootOf(facts.boot, generation !== 'idrac10', manner), ...(isDell ? bootOrder(paths.system) : {}) },
    ...(manner.names === 'none' || manner.names === 'placeholder'
      ? {}
      : { EthernetInterfaces: link(`${paths.system}/EthernetInterfaces`) }),
    ...(generation === 'idrac10' || manner.overrideAt === 'settings'
      ? { '@Redfish.Settings': { SettingsObject: link(paths.settings) } }
      : {}),
    Actions: {
      '#ComputerSystem.Reset': {
        target: paths.reset,
        ...(manner.listsResetsElsewhere === true
          ? { '@Redfish.ActionInfo': `${paths.system}/ResetActionInfo` }
          : { 'ResetType@Redfish.AllowableValues': facts.resets }),
      },
    },
    Links: { ManagedBy: [link(paths.manager)], 'ManagedBy@odata.count': 1 },
  };
}

/** What identifies the machine. On Dell's machines the SKU is the service tag, elsewhere it is a product number. */
function namesOf(
  { generation, faults: { manner = {} } }: LabNode,
  serviceTag: string,
): Readonly<Record<string, string>> {
  if (manner.names === 'none' || manner.names === 'nics') return {};
  if (manner.names === 'placeholder') return { SKU: '', SerialNumber: 'To be filled by O.E.M.' };
  return { SKU: generation === 'plain' ? 'P12345-B21' : serviceTag, SerialNumber: serviceTag };
}

export function settingsOf(paths: LabPaths, boot: Boot, etag: string | undefined, manner?: Manner): unknown {
  return {
    '@odata.id': paths.settings,
    '@odata.type': '#ComputerSystem.v1_20_0.ComputerSystem',
    ...(etag === undefined ? {} : { '@odata.etag': etag }),
    Id: 'Settings',
    Name: 'Pending settings',
    Boot: bootOf(boot, true, manner),
  };
}

export function managerOf({ generation, address }: LabNode, paths: LabPaths): unknown {
  return {
    '@odata.id': paths.manager,
    '@odata.type': '#Manager.v1_17_0.Manager',
    Id: paths.manager.slice(paths.manager.lastIndexOf('/') + 1),
    Name: 'Manager',
    ManagerType: 'BMC',
    Model: models[generation],
    FirmwareVersion: firmware[generation],
    UUID: uuidOf(address),
    Status: { Health: 'OK', State: 'Enabled' },
    EthernetInterfaces: link(`${paths.manager}/EthernetInterfaces`),
    Actions: {
      '#Manager.Reset': {
        target: paths.managerReset,
        'ResetType@Redfish.AllowableValues': generation === 'plain' ? ['ForceRestart'] : ['GracefulRestart'],
      },
    },
    Links: {
      ManagerForServers: [link(paths.system)],
      ...(paths.lifecycle === undefined || generation === 'idrac8'
        ? {}
        : {
            Oem: {
              Dell: {
                DellLCService: link(paths.lifecycle),
                ...(paths.jobService === undefined ? {} : { DellJobService: link(paths.jobService) }),
                Jobs: link(paths.jobs),
              },
            },
          }),
    },
  };
}

function bootOf(
  { enabled, target, mode, device }: Boot,
  listsTargets: boolean,
  manner: Manner = {},
): Readonly<Record<string, unknown>> {
  return {
    BootSourceOverrideEnabled: enabled,
    BootSourceOverrideTarget: target,
    ...(manner.mode === 'none' ? {} : { BootSourceOverrideMode: mode }),
    UefiTargetBootSourceOverride: device === '' ? null : device,
    'BootSourceOverrideEnabled@Redfish.AllowableValues': ['Once', 'Continuous', 'Disabled'],
    ...(listsTargets ? { 'BootSourceOverrideTarget@Redfish.AllowableValues': bootTargets } : {}),
  };
}

export function isBootTarget(text: string): boolean {
  return bootTargets.includes(text);
}

/** The same UUID for the same address. */
function uuidOf(address: string): string {
  const digits = address
    .split('.')
    .map((part) => Number(part).toString(16).padStart(2, '0'))
    .join('');
  return `4c4c4544-0000-4000-8000-0000${digits}`;
}
