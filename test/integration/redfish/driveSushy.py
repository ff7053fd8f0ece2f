"""Reads a system with sushy, sets PXE once in UEFI mode and restarts it."""

import os
import sys

import sushy

host, user, ca_file = sys.argv[1:]
root = sushy.Sushy(f"https://{host}", username=user, password=os.environ["LAB_PASSWORD"], verify=ca_file)
system = root.get_system_collection().get_members()[0]
system.set_system_boot_options(
    target=sushy.BOOT_SOURCE_TARGET_PXE,
    enabled=sushy.BOOT_SOURCE_ENABLED_ONCE,
    mode=sushy.BOOT_SOURCE_MODE_UEFI,
)
system.refresh(force=True)
print("power", system.power_state, "override", system.boot.target, system.boot.enabled)
system.reset_system(sushy.RESET_FORCE_RESTART)
