/** A real mail server on this machine that receives mails and misbehaves as it is told. */
import { once } from 'node:events';
import { SMTPServer, type SMTPServerAuthenticationResponse } from 'smtp-server';

export interface ReceivedMail {
  readonly from: string;
  readonly to: readonly string[];
  readonly source: string;
}
export interface SmtpReceiver {
  /** `smtp://127.0.0.1:…` */
  readonly url: string;
  readonly allow: string;
  readonly mails: readonly ReceivedMail[];
  /** Passwords tried. */
  readonly passwords: readonly string[];
  close(): Promise<void>;
}
export interface SmtpFaults {
  readonly refuseRecipient?: { readonly code: number; readonly words: string };
  readonly refuseSignIn?: true;
  /** Takes the mail and says nothing. */
  readonly silentAfterData?: true;
}

const refusal = (code: number, words: string): Error => Object.assign(new Error(words), { responseCode: code });

export async function smtpReceiver(faults: SmtpFaults = {}): Promise<SmtpReceiver> {
  const mails: ReceivedMail[] = [];
  const passwords: string[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    logger: false,
    onAuth(auth, _session, done: (error: Error | null | undefined, response?: SMTPServerAuthenticationResponse) => void) {
      passwords.push(auth.password ?? '');
      if (faults.refuseSignIn) done(refusal(535, `5.7.8 ${auth.password ?? ''} is not the password`));
      else done(null, { user: auth.username ?? '' });
    },
    onRcptTo(_address, _session, done) {
      const { refuseRecipient } = faults;
      done(refuseRecipient ? refusal(refuseRecipient.code, refuseRecipient.words) : undefined);
    },
    onData(stream, session, done) {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope;
        const from = mailFrom === false ? '' : mailFrom.address;
        mails.push({ from, to: rcptTo.map(({ address }) => address), source: Buffer.concat(parts).toString('utf8') });
        if (!faults.silentAfterData) done();
      });
    },
  });
  server.on('error', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const address = server.server.address();
  if (address === null || typeof address === 'string') throw new Error('the receiver has no port');
  const at = `127.0.0.1:${address.port}`;
  return { url: `smtp://${at}`, allow: at, mails, passwords, close: () => new Promise((resolve) => server.close(() => resolve())) };
}
