import type { Lesson } from "./lesson.ts";
import { LESSONS } from "./index.ts";
import { HOME, SLIDES, type Slide } from "./place.ts";
import { go, lesson, number, place } from "./store.ts";

/** The screens of a lesson before a room. */
export function slidesOf({ predict }: Lesson): Slide[] {
  return SLIDES.filter((slide) => slide !== "predict-2" || predict.length > 1);
}

/** Where one is among them, from 0. */
export function slideAt(): number {
  return lesson.value === null ? 0 : Math.max(0, slidesOf(lesson.value).indexOf(place.value.slide));
}

export function goToSlide(slide: Slide): void {
  go({ slide, predicted: [] }, true);
}

/** The screen a step further, or back; behind the last one the next lesson begins. */
export function turn(by: 1 | -1): void {
  if (lesson.value === null) return;
  const slides = slidesOf(lesson.value);
  const slide = slides[slideAt() + by];
  if (slide) goToSlide(slide);
  else if (number.value > 0) {
    const neighbour = LESSONS[number.value - 1 + by];
    if (neighbour) go({ ...HOME, mode: place.value.mode, lesson: neighbour.id, slide: by === 1 ? "question" : "remember" });
  }
}
