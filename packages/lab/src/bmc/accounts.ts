import { collection, link } from './collection.ts';
import { serviceRoot } from './paths.ts';

/** Roles of the standard, which every Redfish service has (DSP0266, "Roles"). */
const privileges: Readonly<Record<string, readonly string[]>> = {
  Administrator: ['Login', 'ConfigureManager', 'ConfigureUsers', 'ConfigureComponents', 'ConfigureSelf'],
  Operator: ['Login', 'ConfigureComponents', 'ConfigureSelf'],
  ReadOnly: ['Login', 'ConfigureSelf'],
};

const service = `${serviceRoot}/AccountService`;

/** AccountService and the resources below it. Undefined if there is nothing at this path. */
export function accountResource(path: string, user: string): unknown {
  const accounts = `${service}/Accounts`;
  const roles = `${service}/Roles`;
  switch (path) {
    case service:
      return {
        '@odata.id': service,
        '@odata.type': '#AccountService.v1_10_0.AccountService',
        Id: 'AccountService',
        Name: 'Account Service',
        ServiceEnabled: true,
        Accounts: link(accounts),
        Roles: link(roles),
      };
    case accounts:
      return collection(accounts, 'ManagerAccountCollection', [`${accounts}/2`]);
    case `${accounts}/2`:
      return {
        '@odata.id': path,
        '@odata.type': '#ManagerAccount.v1_8_0.ManagerAccount',
        Id: '2',
        Name: 'User Account',
        UserName: user,
        Enabled: true,
        RoleId: 'Administrator',
        Links: { Role: link(`${roles}/Administrator`) },
      };
    case roles:
      return collection(
        roles,
        'RoleCollection',
        Object.keys(privileges).map((name) => `${roles}/${name}`),
      );
    default:
      return roleOf(path, roles);
  }
}

function roleOf(path: string, roles: string): unknown {
  const name = path.startsWith(`${roles}/`) ? path.slice(roles.length + 1) : '';
  if (!Object.hasOwn(privileges, name)) return undefined;
  return {
    '@odata.id': path,
    '@odata.type': '#Role.v1_3_0.Role',
    Id: name,
    Name: 'User Role',
    RoleId: name,
    IsPredefined: true,
    AssignedPrivileges: privileges[name],
  };
}
