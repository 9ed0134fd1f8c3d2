import type { FunctionComponent } from "preact";
import type { Lesson } from "../lesson.ts";
import type { Slide } from "../place.ts";
import { linkTo } from "../store.ts";
import { Cited } from "./Cited.tsx";
import { Editor } from "./Editor.tsx";
import { Hints } from "./Hints.tsx";
import { QrCode } from "./QrCode.tsx";
import { Room } from "./Room.tsx";
import { Sentence, Shown } from "./Shown.tsx";
import { Situation } from "./Situation.tsx";
import { Status } from "./Status.tsx";

type View = FunctionComponent<{ it: Lesson }>;

const Question: View = ({ it }) => (
  <>
    <p class="kicker">{it.title}</p>
    <h1 class="ls-huge">{it.question}</h1>
    <p class="ls-story">{it.story}</p>
  </>
);

const Given: View = ({ it }) => (
  <>
    <h1>The situation</h1>
    <Situation shows={it.shows} />
  </>
);

const Answers: View = ({ it }) => (
  <>
    <p class="kicker">What happens</p>
    <h1 class="ls-huge">{it.reveal}</h1>
    {it.predict.map(({ id }, at) => <Room key={id} it={it} at={at} told />)}
  </>
);

const Drawn: View = ({ it }) => (
  <>
    <h1>{it.shows.kind === "timeline" ? "What lives, and what ends" : it.shows.kind === "comparison" ? "One request, under each policy" : "The screens and the tokens"}</h1>
    <Shown shows={it.shows} />
  </>
);

const Why: View = ({ it }) => (
  <>
    <p class="kicker">Why</p>
    <h1 class="ls-huge">{it.reason}</h1>
    <Cited sources={it.sources} />
  </>
);

/** A story's picture stands beside its steps: below each other, both would have to be small. */
const Change: View = ({ it }) => {
  const { goal, shows } = it.change;
  const beside = shows.kind === "timeline";
  return (
    <>
      <p class="kicker">Now change one thing</p>
      <h1>{goal}</h1>
      <Status />
      <div class={beside ? "ls-columns ls-work ls-beside" : "ls-columns ls-work"}>
        {beside
          ? <><div class="ls-doing"><Editor /><Hints /></div><Shown shows={shows} brief /></>
          : <><Editor /><div><Hints /></div></>}
      </div>
      {!beside && (shows.kind === "comparison" ? <Shown shows={shows} brief /> : <Sentence />)}
    </>
  );
};

const Remember: View = ({ it }) => (
  <div class="ls-home">
    <div>
      <p class="kicker">Remember</p>
      <h1 class="ls-huge">{it.remember}</h1>
    </div>
    <div>
      <QrCode link={new URL(linkTo({ mode: "study", slide: "question", predicted: [] }), location.href).href} what={it.title} />
      <p class="quiet">This lesson</p>
    </div>
  </div>
);

export const SLIDE_VIEWS: Readonly<Record<Slide, View>> = {
  question: Question,
  situation: Given,
  predict: ({ it }) => <Room it={it} at={0} />,
  "predict-2": ({ it }) => <Room it={it} at={1} />,
  reveal: Answers,
  drawn: Drawn,
  why: Why,
  change: Change,
  remember: Remember,
};
