/** Thrown for a setting that cannot be used. */
export class SettingFault extends Error {
  override readonly name = 'SettingFault';
  /** Name of the setting, without `buildstream.`. */
  readonly setting: string;

  constructor(setting: string) {
    super(setting);
    this.setting = setting;
  }
}
