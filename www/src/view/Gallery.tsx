import { GALLERY } from "../gallery.ts";
import { Dialog } from "./Dialog.tsx";
import { open, visited } from "./stories.ts";
import { opened } from "./ui.ts";

export function Gallery() {
  return (
    <Dialog open={opened.gallery} title="Twelve stories to start from" class="wide">
      <ol class="gallery">
        {GALLERY.map((story) => (
          <li key={story.id}>
            <button
              type="button"
              aria-current={story === visited.value ? "true" : undefined}
              onClick={() => {
                open(story);
                opened.gallery.value = false;
              }}
            >
              <strong>{story.title}</strong>
              <span>{story.question}</span>
            </button>
          </li>
        ))}
      </ol>
    </Dialog>
  );
}
