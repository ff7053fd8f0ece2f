import { omniaVersionList } from '@omnia-buildstream/core/mapping/versions';

export const convertHelp = `Usage: buildstream convert FILE --to VERSION [OPTIONS]

Converts a mapping file to the layout of another Omnia version: its columns, their order and spelling, and roles with or
without the OS release. A row that cannot be converted refuses the whole file. The result goes to standard output, lost
values are listed on standard error; FILE is - for standard input.

  --to VERSION          ${omniaVersionList}
  --os-release RELEASE  for roles that have none if the version requires one, such as rhel_10_0
  --omnia VERSION       the version that the file is written for; default: detect it
  --write               replace the file instead of printing the result
  --help, -h            this text

Exit codes: 0 converted, 1 refused: the file cannot be converted, 2 could not run.
`;
