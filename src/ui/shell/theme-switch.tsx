import { Toggle } from "@base-ui/react/toggle";
import { ToggleGroup } from "@base-ui/react/toggle-group";
import { Monitor, Moon, Sun } from "lucide-react";
import { useState } from "react";
import styles from "./header.module.css";
import { chooseTheme, chosenTheme, type Theme } from "./theme";

const themes = [
  { value: "system", label: "As the system", Icon: Monitor },
  { value: "light", label: "Light", Icon: Sun },
  { value: "dark", label: "Dark", Icon: Moon },
] as const;

export function ThemeSwitch() {
  const [theme, setTheme] = useState(chosenTheme);
  const choose = ([chosen]: Theme[]) => {
    // Pressing the chosen one again would leave none.
    if (chosen === undefined) return;
    chooseTheme(chosen);
    setTheme(chosen);
  };
  return (
    <ToggleGroup
      aria-label="Theme"
      className={styles.switch}
      value={[theme]}
      onValueChange={choose}
    >
      {themes.map(({ value, label, Icon }) => (
        <Toggle
          key={value}
          value={value}
          aria-label={label}
          title={label}
          className={styles.option}
        >
          <Icon size={17} aria-hidden="true" />
        </Toggle>
      ))}
    </ToggleGroup>
  );
}
