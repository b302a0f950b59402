/** Periods that people closed, with who did and why. A closing is never changed nor taken back. */
export const sql = `
create table closings (grain text not null, period text not null, at integer not null, owner text not null, reason text not null,
  primary key (grain, period)) strict, without rowid;
create trigger closings_keep before update on closings begin select raise(abort, 'closings are never changed'); end;
create trigger closings_lose_none before delete on closings begin select raise(abort, 'closings are never deleted'); end;
`;
