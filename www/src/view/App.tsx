import { Announcer } from "./Announcer.tsx";
import { Answer } from "./Answer.tsx";
import { Bar } from "./Bar.tsx";
import { Footer } from "./Footer.tsx";
import { Header } from "./Header.tsx";
import { Later } from "./later.ts";
import { Notes } from "./Notes.tsx";
import { answerFirst } from "./order.ts";
import { Profiles } from "./Profiles.tsx";
import { FoldedQuestion, Question } from "./Question.tsx";
import { StoryBar } from "./StoryBar.tsx";
import { opened } from "./ui.ts";

/** The page, from the question to the answer. A later view is one more section below. */
export function App() {
  return (
    <>
      <Header />
      <main>
        <StoryBar />
        {answerFirst.value ? <Answer><FoldedQuestion /></Answer> : <><Question><Notes /></Question><Answer /></>}
        <Profiles />
      </main>
      <Footer />
      <Bar />
      <Announcer />
      <Later part="Gallery" wanted={opened.gallery.value} />
      <Later part="Keys" wanted={opened.keys.value} />
    </>
  );
}
