/** A starting point: a story with a question that the page answers. */
export interface Story {
  id: string;
  title: string;
  question: string;
  /** The link that opens it. */
  fragment: string;
  /** Where the question is about several people, each by a link; the first one is that of the story. */
  turns?: readonly { title: string; fragment: string }[];
}

/** The story that the page opens on. The others come after it (gallery.ts). */
export const FIRST: Story = {
  id: "returning-user",
  title: "The returning user",
  question: "Alice signs in a second time. Why does the client get no refresh token?",
  fragment: "profile=google-2011&scope=openid+profile+email&access_type=offline&grant=openid+profile+email&grant.offline=true",
};

/** How many there are. */
export const STORIES = 12;
