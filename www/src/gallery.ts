import { FIRST, type Story } from "./story.ts";

export const GALLERY: readonly Story[] = [
  FIRST,
  {
    id: "one-button",
    title: "One button for sign-up and sign-in",
    question: "The same link serves newcomers and returning users. Who gets a refresh token?",
    fragment: "profile=google-2012&scope=openid+profile&access_type=offline&session=none",
    turns: [
      { title: "A newcomer", fragment: "profile=google-2012&scope=openid+profile&access_type=offline&session=none" },
      { title: "Alice, who comes back", fragment: "profile=google-2012&scope=openid+profile&access_type=offline&session=none&grant=openid+profile&grant.offline=true" },
    ],
  },
  {
    id: "upgrade",
    title: "From online to offline",
    question: "Alice approved online access long ago. What must the client send to work while she is away?",
    fragment: "profile=google-2012&scope=openid+profile&access_type=offline&grant=openid+profile",
  },
  {
    id: "leaked-database",
    title: "The leaked database",
    question: "After a leak the client revoked all its refresh tokens. How does each account get a new one?",
    fragment: "profile=google-2012&scope=openid+profile&access_type=offline&grant=openid+profile&grant.offline=true&grant.status=revoked",
  },
  {
    id: "proxied-sign-in",
    title: "The proxied sign-in",
    question: "Another provider signed Alice in, so a hidden redirect cannot renew the token. What renews it?",
    fragment: "profile=aol&client_id=maps.example&redirect_uri=https://maps.example/callback&scope=openid+profile&request.idp=google&grant=openid+profile&grant.how=remember_checkbox",
  },
  {
    id: "forgotten-prompt",
    title: "The forgotten prompt=consent",
    question: "The client asks for offline_access and gets no refresh token. What did it forget?",
    fragment: "scope=openid+profile+offline_access&grant=openid+profile",
  },
  {
    id: "payroll",
    title: "Payroll without a prompt",
    question: "Nobody is asked, and payroll may work while Alice is away. What permits it?",
    fragment: "client_id=payroll.example&redirect_uri=https://payroll.example/callback&scope=openid+address+offline_access&condition=employment_contract",
  },
  {
    id: "single-page-app",
    title: "The single-page app and its session",
    question: "A refresh token lives in a browser. What ends it?",
    fragment: "profile=online-access&client_id=notes.example&redirect_uri=https://notes.example/app&scope=openid+profile+online_access&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256&client=browser",
  },
  {
    id: "incremental",
    title: "More scopes, when they are needed",
    question: "The calendar was granted last month, contacts are asked now. What is new, and what is in the token?",
    fragment: "profile=incremental-auth&scope=contacts&include_granted_scopes=true&grant=calendar&grant.age=2592000",
  },
  {
    id: "native-app",
    title: "The native app",
    question: "Alice approved this app before. Why is she asked every time?",
    fragment: "profile=google-2012&client_id=photos-app&redirect_uri=com.example.photos:/callback&scope=openid+profile&client=native&client.public=true&grant=openid+profile&grant.offline=true",
  },
  {
    id: "implicit",
    title: "Implicit, and the fragment",
    question: "The token goes straight into the browser. What can it not be?",
    fragment: "profile=google-2011&response_type=token&scope=profile&access_type=offline",
  },
  {
    id: "denied",
    title: "The user who says no",
    question: "Alice refuses. What does the client learn, and how does it travel?",
    fragment: "scope=openid+profile+offline_access&prompt=consent&consent=denied",
  },
];
