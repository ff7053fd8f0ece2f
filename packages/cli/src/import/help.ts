import { omniaVersionList } from '@omnia-buildstream/core/mapping/versions';

export const importHelp = `Usage: buildstream import FILE... [OPTIONS]

Imports machines from other programs into a mapping file: an export of OpenManage Enterprise, an asset list, DHCP
leases of ISC, Kea or dnsmasq, the files of Omnia's discovery, JSON of "buildstream hardware". Columns are recognized by
their names and values. Nodes are matched by service tag, or by MAC address or hostname if one side has none. Shows
what is new, changed and gone, as changes of the file; rows are never removed. FILE is - for standard input.

  --into FILE           the mapping file; default: input/pxe_mapping_file.csv or input/orchestrator/pxe_mapping_file.csv
  --map COLUMN=HEADER   the column of the source that goes into a column of the file, by its name or its number; without
                        HEADER none. May be given several times; what is used is printed
  --take PARTS          new: nodes that the file does not have; changed: other values of the hardware, and empty cells;
                        assigned: another role, group, parent or hostname. Default: new,changed
  --omnia VERSION       ${omniaVersionList}; default: detected
  --write               change the file; without it nothing is written
  --help, -h            this text

Exit codes: 0 done, 1 refused: the source cannot be imported, 2 could not run.
`;
