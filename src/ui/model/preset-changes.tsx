import { RotateCcw, Undo2 } from "lucide-react";
import { presetByName } from "../../engine/model/config";
import { isChanged } from "../../store/plan";
import { bringBack, choosePreset } from "../../store/settings";
import { useStudio } from "../../store/studio";
import { Button } from "../kit/button";
import { Actions } from "../kit/panel";

/** The way back to the preset as it was, and from there to what was changed. Nothing while neither applies. */
export function PresetChanges() {
  const preset = useStudio((state) => state.preset);
  const changed = useStudio(isChanged);
  const replaced = useStudio((state) => state.replaced);
  if (changed) {
    return (
      <Actions>
        <Button quiet icon={RotateCcw} onClick={() => choosePreset(preset)}>
          Back to the preset
        </Button>
      </Actions>
    );
  }
  if (replaced === null) return null;
  return (
    <Actions>
      <Button quiet icon={Undo2} onClick={() => bringBack(replaced)}>
        Bring back my changes to {presetByName(replaced.preset).label}
      </Button>
    </Actions>
  );
}
