import { omniaVersionList } from '@omnia-buildstream/core/mapping/versions';

/** What `buildstream validate --help` prints. */
export const validateHelp = `Usage: buildstream validate FILE... [OPTIONS]

Checks PXE mapping files as Omnia does, and for more than Omnia checks.
FILE is a mapping file, or - for standard input.

Options:
  --omnia VERSION        ${omniaVersionList}; default: detected, else 2.2;
                         2.3 is the early validator of 2.3, 2.3os the late one
  --format FORMAT        text (default), json, sarif, codequality or junit
  --json                 the same as --format json
  --output FILE          write the report to this file instead of standard output
  --report FORMAT=FILE   also write a report to a file; may be repeated
  --fix                  repair what can be repaired without guessing; with - print the repaired text
  --severity CODE=LEVEL  change a rule: error, warning, info, hint or off; may be repeated
  --strict               warnings count as errors for the exit code
  --quiet                errors only; no summary and no notes
  --no-color             no colors, as with every command; NO_COLOR and FORCE_COLOR count as well
  --help, -h             this text

What surrounds the mapping file (a check that needs what is not given is skipped):
  --network-spec FILE      network_spec.yml
  --software-config FILE   software_config.json
  --provision-config FILE  provision_config.yml or orchestrator_config.yml
  --catalog FILE           the catalog, such as catalog_rhel.json
  --input FILE             another input file of Omnia, known by its name, such as storage_config.yml or
                           functional_group_config.yml; may be repeated
  --omnia-share SHARE      where Omnia's share is: nfs or local
  --dns-enabled            as if the provision config said dns_enabled: true
  --software NAMES         names in the software config, with commas; "" for none
  --context MODE           auto (default): also the files beside the mapping file, by their names, as the editor reads
                           them; explicit: only those above

Exit codes: 0 no errors (warnings are allowed without --strict), 1 errors found, 2 could not run.
`;
