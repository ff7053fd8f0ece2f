import type { Template } from '../text/message.ts';

/** What settings of Omnia's restart stage change in a plan. */
export const switchTexts = {
  'pxe-boot-off':
    'enable_pxe_boot is false in orchestrator_config.yml: the restart stage of Omnia restarts none of these nodes ({count}), and leaves failed_nodes.json of an earlier run as it is.',
  'pxe-boot-off-elsewhere':
    'enable_pxe_boot is false in set_pxe_boot_config.yml: as documented, the restart stage of Omnia then boots no node and leaves the result files of an earlier run. But the newest reads it only in orchestrator_config.yml, and restarts the nodes all the same. Move it there.',
  'boot-source-only':
    'restart_host is false in set_pxe_boot_config.yml: the restart stage of Omnia sets the boot source of these nodes ({count}) and restarts none. They boot from it whenever they restart next.',
  'other-boot-target':
    'boot_source_override_target is {target} in set_pxe_boot_config.yml: the restart stage of Omnia has the nodes boot from there, not from the network.',
  'override-disabled':
    'boot_source_override_enabled is disabled in set_pxe_boot_config.yml: the restart stage of Omnia restarts the nodes, which boot in their usual order, perhaps not from the network.',
  'override-continuous':
    "boot_source_override_enabled is continuous, as is Omnia's default: after its restart stage the nodes boot from the network at every later restart too, until it is changed. For one boot only, set it to once in set_pxe_boot_config.yml.",
  'override-once':
    'boot_source_override_enabled is once in set_pxe_boot_config.yml: after the restart stage of Omnia, later restarts boot in the usual order again.',
  'graceful-restart':
    'force_restart is false in set_pxe_boot_config.yml: the restart stage of Omnia asks the operating system to shut down. A node that does not is not restarted.',
  'no-registration':
    'Node registration is turned off in set_pxe_boot_config.yml: the restart stage of Omnia does not check whether a node came up, and considers a restarted node booted.',
  'registration-wait':
    'As set in set_pxe_boot_config.yml, the restart stage of Omnia waits up to {minutes} min for the nodes to come up.',
} as const satisfies Readonly<Record<string, Template>>;
