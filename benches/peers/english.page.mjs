// TalkingHead's rules for English, bundled instead of fetched.
import { LipsyncEn } from "@met4citizen/talkinghead/modules/lipsync-en.mjs";

export const getEn = () => new LipsyncEn();
