"""Klinik Desa: questions, referral, answers that become FAQ."""
